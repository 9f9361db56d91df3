using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Linking.Drafts;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Linking.Checks;

/// <summary>What the entry takes comes from its caller (FG2018): nothing that a run gives to its nodes, and no source.</summary>
internal static class EntryMeaning
{
    public static void Check(WorkflowDraft draft)
    {
        foreach (MethodModel entry in draft.Model.Entries)
        {
            foreach (AttributeModel attribute in entry.Attributes)
            {
                draft.Issues.Add(Rule.MeansNothing, entry.Spot.At(attribute), $"[{attribute.Written}]", "entry", entry.Name);
            }

            for (int i = 0; i < entry.Parameters.Count; i++)
            {
                ParameterModel parameter = entry.Parameters[i];
                foreach (AttributeModel attribute in parameter.Attributes)
                {
                    draft.Issues.Add(Rule.MeansNothing, entry.Spot.InParameter(i).At(attribute), $"[{attribute.Written}]", "parameter", $"{parameter.Name}' of entry '{entry.Name}");
                }

                if (parameter.IsGivenByRun)
                {
                    draft.Issues.Add(Rule.MeansNothing, entry.Spot.InParameter(i), parameter.Type.Shown, "entry", entry.Name);
                }
            }
        }
    }
}
